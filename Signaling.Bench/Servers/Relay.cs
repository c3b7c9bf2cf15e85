using System.Diagnostics;

namespace Signaling.Bench.Servers;

/// <summary>The relay, published in Release; its limits are raised by configuration, and stay on.</summary>
internal sealed class Relay(string folder)
{
    // The limits are those of one client and of one address: here a few clients of one address do what thousands do.
    private static readonly string[] Settings =
    [
        "--Limits:MessagesPerSecond=1000000",
        "--Limits:Burst=1000000",
        "--Limits:ConnectionsPerAddress=1000000",
        "--Logging:LogLevel:Default=Warning",
    ];

    public Contender On(string wire, params string[] more) => new(wire, Abilities.Plain | Abilities.Envelopes, (port, _) =>
        Command(["--urls", $"http://127.0.0.1:{port}", $"--Server:Wire={wire}", .. more]));

    /// <summary>The stream wire on Kestrel's transport, as on other systems.</summary>
    public Contender OnKestrel() => On("stream", "--Server:Transport=kestrel") with { Name = "kestrel" };

    /// <summary>With Kestrel's own TLS, which goes with the stream wire.</summary>
    public Contender OverTls(Certificate certificate) => new("tls", Abilities.Tls, (port, _) => Command(
    [
        $"--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:{port}",
        $"--Kestrel:Endpoints:Tls:Certificate:Path={certificate.Path}",
        $"--Kestrel:Endpoints:Tls:Certificate:KeyPath={certificate.KeyPath}",
        "--Server:Wire=stream",
    ]));

    public static async Task<Relay> PublishAsync(Workshop workshop, CancellationToken stop)
    {
        var folder = Path.Combine(workshop.Artifacts, "relay");
        await workshop.RunAsync("dotnet", ["publish", Path.Combine(workshop.Root, "Signaling.Server"), "-c", "Release", "-o", folder, "--nologo", "-v", "quiet"], workshop.Root, stop);
        return new Relay(folder);
    }

    private ProcessStartInfo Command(string[] settings)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "Signaling.Server"), [.. settings, .. Settings]);
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        return start;
    }
}
