using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Signaling.Server.Hosting;

/// <summary>How the server stands in its network. Section <c>Server</c>.</summary>
public sealed class ServerOptions : IValidatableObject
{
    internal const string AutoWire = "auto";
    internal const string StreamWire = "stream";
    internal const string SocketWire = "socket";
    internal const string AutoTransport = "auto";
    internal const string KestrelTransport = "kestrel";

    /// <summary>
    /// Proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed: addresses and networks, with
    /// commas between. Default: none, not even of this machine.
    /// </summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>
    /// What carries connections: <c>socket</c>, the socket itself (Linux, without TLS in this process), <c>stream</c>,
    /// Kestrel's stream, or <c>auto</c>, the first where it can be had. Default: <c>auto</c>.
    /// </summary>
    [AllowedValues(AutoWire, StreamWire, SocketWire, ErrorMessage = "Server:Wire must be auto, stream or socket.")]
    public string Wire { get; set; } = AutoWire;

    /// <summary>
    /// What brings connections in, whichever wire they have: <c>auto</c>, this server's own transport on Linux and
    /// Kestrel's elsewhere, or <c>kestrel</c>, Kestrel's everywhere, which leaves the stream only. Default: <c>auto</c>.
    /// </summary>
    [AllowedValues(AutoTransport, KestrelTransport, ErrorMessage = "Server:Transport must be auto or kestrel.")]
    public string Transport { get; set; } = AutoTransport;

    /// <summary>The certificate of <c>https</c> addresses, in PEM, with its chain behind it. Read again when it has changed. Default: Kestrel's own settings.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>Its private key, in PEM.</summary>
    public string CertificateKeyPath { get; set; } = "";

    internal IEnumerable<IPNetwork> TrustedNetworks => Entries.Select(Parse).OfType<IPNetwork>();

    private string[] Entries => TrustedProxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var entry in Entries.Where(entry => Parse(entry) is null))
            yield return new($"Server:TrustedProxies has '{entry}', which is neither an address (10.1.2.3) nor a network (10.0.0.0/8).");
        if (CertificatePath.Length > 0 != CertificateKeyPath.Length > 0)
            yield return new("Server:CertificatePath and Server:CertificateKeyPath belong together: the certificate and its private key, in PEM.");
    }

    private static IPNetwork? Parse(string entry)
    {
        if (IPNetwork.TryParse(entry, out var network)) return network;
        // '10' is an address to the parser, too: 0.0.0.10.
        var whole = entry.Contains(':') || entry.Count(c => c == '.') == 3;
        return whole && IPAddress.TryParse(entry, out var address) ? new(address, address.GetAddressBytes().Length * 8) : null;
    }
}
