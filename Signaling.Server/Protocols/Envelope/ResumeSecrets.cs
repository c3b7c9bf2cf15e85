using System.Security.Cryptography;
using System.Text;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>
/// What a client shows to get its place back: <c>id~secret</c>. Each welcome brings a new one; the one that was used
/// before stays good until the client has shown that it has the new one, for the welcome itself may be lost.
/// </summary>
internal sealed class ResumeSecrets(string id)
{
    private const char Separator = '~';

    /// <summary>The one that the last welcome brought.</summary>
    public string Current { get; private set; } = New(id);

    /// <summary>The one before, while it is good, too.</summary>
    public string? Before { get; private set; }

    /// <summary>The id of the place that a secret is for, whether or not it is a good one.</summary>
    public static string PlaceId(string secret) => secret.LastIndexOf(Separator) is > 0 and var at ? secret[..at] : "";

    /// <summary>True for the newest secret, and for the one before as long as the newest is not confirmed.</summary>
    public bool Accepts(string secret) => IsNewest(secret) || (Before is not null && Same(secret, Before));

    /// <summary>True for the one of the last welcome: who shows it has read that.</summary>
    public bool IsNewest(string secret) => Same(secret, Current);

    /// <summary>Makes a new secret for the welcome that answers this one.</summary>
    public void Renew(string used) => (Before, Current) = (used, New(id));

    /// <summary>The one that the client has shown to another server, which has looked whether it is good.</summary>
    public void Adopt(string shown) => Current = shown;

    /// <summary>The client has this secret: if it is the newest, the one before is of no use any more. Whether that is new.</summary>
    public bool Confirm(string secret)
    {
        if (Before is null || !ReferenceEquals(secret, Current)) return false;
        Before = null;
        return true;
    }

    private static string New(string id) => $"{id}{Separator}{PeerId.New()}";

    // In a time that does not depend on where they differ.
    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
