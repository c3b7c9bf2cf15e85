namespace Signaling.Server.Sockets;

/// <summary>Picks the protocol of a connection from what the client offered.</summary>
/// <param name="known">Every protocol that the clients of a room can choose.</param>
internal sealed class SubprotocolChoice(IEnumerable<Subprotocol> known)
{
    // Carries a token, and is never picked: browsers cannot set other headers.
    private const string TokenPrefix = "bearer.";

    private readonly Subprotocol[] _known = [.. known];

    /// <summary>The protocol, and the name to answer with (null when none was offered); or what is wrong.</summary>
    public (Subprotocol? Protocol, string? Name, Refusal? Refused) Pick(HttpRequest request)
    {
        var offered = request.Headers.GetCommaSeparatedValues("Sec-WebSocket-Protocol");
        var version = request.Query["v"].ToString();

        if (offered.Length == 0)
        {
            var asked = version.Length > 0 ? version : null;
            return _known.FirstOrDefault(one => one.Version == asked) is { } unnamed
                ? (unnamed, null, null)
                : (null, null, Refusal.BadRequest("Unknown version", $"?v= must be one of: {Versions}; or leave it out."));
        }
        var picked = offered
            .Where(name => !name.StartsWith(TokenPrefix, StringComparison.Ordinal))
            .Select(name => _known.FirstOrDefault(one => one.Name == name))
            .FirstOrDefault(one => one is not null);
        if (picked is null)
            return (null, null, Refusal.BadRequest("Unknown subprotocol", $"Sec-WebSocket-Protocol must offer one of: {Names}; or nothing."));
        if (version.Length > 0 && version != picked.Version)
            return (null, null, Refusal.BadRequest("Contradiction", $"The subprotocol {picked.Name} was offered first, but ?v={version} asks for another: leave one out."));
        return (picked, picked.Name, null);
    }

    private string Names => string.Join(", ", _known.Select(one => one.Name));

    private string Versions => string.Join(", ", _known.Select(one => one.Version).OfType<string>().DefaultIfEmpty("(none)"));
}
