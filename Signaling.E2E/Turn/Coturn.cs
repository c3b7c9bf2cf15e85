using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Signaling.E2E.Browsers;
using Signaling.E2E.Running;

namespace Signaling.E2E.Turn;

/// <summary>A TURN server that shares a secret with the relay, on the loopback only.</summary>
public sealed partial class Coturn : IAsyncDisposable
{
    public const string Secret = "what the two servers share";

    private readonly Child _process;

    private Coturn(Child process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string Console => _process.Output.ToString();

    /// <summary>The program; null where there is none.</summary>
    public static string? Find() => BrowserFinder.OnPath("turnserver");

    /// <param name="program">See <see cref="Find"/>.</param>
    /// <param name="at">The port, where another has been before; else a free one.</param>
    public static async Task<Coturn> StartAsync(string program, int? at = null)
    {
        var port = at ?? FreePort();
        var process = Child.Start("turnserver", new ProcessStartInfo(program,
        [
            "-n", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", $"--listening-port={port}", "--min-port=49160", "--max-port=49260",
            "--realm=test", "--use-auth-secret", $"--static-auth-secret={Secret}", "--fingerprint", "--no-tls", "--no-dtls", "--no-cli",
            "--allow-loopback-peers", "--no-multicast-peers", "--log-file=stdout", "--simple-log", "--verbose",
        ]));
        try
        {
            await process.SaysAsync(Listening());
            return new Coturn(process, port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it says that it has let this user in.</summary>
    public Task AdmitsAsync(string userName) => _process.SaysAsync(new Regex($"user <{Regex.Escape(userName)}>: incoming packet ALLOCATE processed, success"));

    public Task StopAsync() => _process.StopAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"IO method \(auth thread\)")] // these threads start last, after its sockets
    private static partial Regex Listening();
}
