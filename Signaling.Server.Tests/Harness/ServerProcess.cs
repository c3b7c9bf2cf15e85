using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Signaling.Server.Tests.Harness;

/// <summary>The server as people run it: a process of its own, on a free port, with signals.</summary>
internal sealed class ServerProcess : IDisposable
{
    public const int SigInt = 2;
    public const int SigTerm = 15;

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    // Only so that a broken server fails a test instead of hanging it.
    private readonly CancellationTokenSource _watchdog = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private ServerProcess(Process process)
    {
        _process = process;
        _watchdog.CancelAfter(TimeSpan.FromSeconds(60));
    }

    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>How many files and sockets it has open now (Linux).</summary>
    public int Descriptors => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    public static Task<ServerProcess> StartAsync(params string[] args) => StartAsync(descriptors: null, args);

    /// <param name="descriptors">How many files and sockets it may have open; null: as many as we may.</param>
    /// <param name="args">As on the command line.</param>
    public static async Task<ServerProcess> StartAsync(int? descriptors, params string[] args)
    {
        // A shell that runs these tests in the background has them ignore Ctrl-C, and what they start inherits that.
        var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", .. Limited(descriptors), Path.Combine(AppContext.BaseDirectory, "Signaling.Server"), "--urls", "http://127.0.0.1:0", .. args])
        {
            RedirectStandardOutput = true,
        };
        var server = new ServerProcess(Process.Start(start)!);
        var line = await server.SaysAsync("Now listening on: ");
        server.EndPoint = new IPEndPoint(IPAddress.Loopback, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]).Port);
        await server.SaysAsync("Application started");
        return server;
    }

    private static string[] Limited(int? descriptors) => descriptors is { } count ? ["sh", "-c", $"ulimit -n {count}; exec \"$@\"", "sh"] : [];

    /// <summary>Waits for a line of its log.</summary>
    public async Task<string> SaysAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync(_watchdog.Token) is { } line)
        {
            _said.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }
        throw new InvalidOperationException($"The server ended without saying '{text}', but: {_said}");
    }

    public async Task<Client> JoinAsync(string path = "/room/demo")
    {
        var client = await ConnectAsync();
        await client.UpgradeAsync(path);
        return client;
    }

    public Task<Client> ConnectAsync() => Client.ConnectAsync(EndPoint);

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    /// <summary>Waits until the process has ended; its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.StandardOutput.ReadToEndAsync(_watchdog.Token);
        await _process.WaitForExitAsync(_watchdog.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        _watchdog.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
