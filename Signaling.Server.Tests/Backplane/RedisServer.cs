using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Signaling.Server.Tests.Backplane;

/// <summary>A real Redis on a free port of loopback, which keeps nothing on disk, and which a test may treat badly.</summary>
internal sealed class RedisServer : IDisposable
{
    private const int SigKill = 9;
    private const int SigContinue = 18;
    private const int SigStop = 19;
    private const int Tries = 5;

    private readonly string _program;
    private readonly Func<string[]> _options;
    private Process _process;
    private bool _over;

    private RedisServer(string program, Func<string[]> options, Process process, int port) => (_program, _options, _process, Port) = (program, options, process, port);

    public int Port { get; }

    /// <summary>For <c>ConnectionStrings:redis</c>.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>The program; null where there is none.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server"))
        .FirstOrDefault(File.Exists);

    /// <param name="options">As on its command line.</param>
    public static Task<RedisServer> StartAsync(params string[] options) => StartAsync(() => options);

    /// <param name="options">As on its command line; asked for anew for each try, as ports in them may be taken.</param>
    public static async Task<RedisServer> StartAsync(Func<string[]> options)
    {
        var program = Find() ?? throw new InvalidOperationException("There is no redis-server.");
        for (var tries = 1; ; tries++)
        {
            var port = FreePort();
            // Somebody may have taken the port meanwhile.
            if (await TryStartAsync(program, port, options()) is { } process) return new RedisServer(program, options, process, port);
            if (tries == Tries) throw new InvalidOperationException("redis-server does not start.");
        }
    }

    /// <summary>As if the machine had lost its power.</summary>
    public void Kill()
    {
        Signal(SigKill);
        _process.WaitForExit();
    }

    /// <summary>On the same port, and without what it knew.</summary>
    public async Task StartAgainAsync()
    {
        _process.Dispose();
        for (var tries = 1; ; tries++)
        {
            if (await TryStartAsync(_program, Port, _options()) is { } process)
            {
                _process = process;
                return;
            }
            if (tries == Tries) throw new InvalidOperationException("redis-server does not start again.");
        }
    }

    /// <summary>It answers nobody any more, and breaks no connection.</summary>
    public void Freeze() => Signal(SigStop);

    public void Thaw() => Signal(SigContinue);

    /// <summary>What redis-cli would say.</summary>
    public async Task<string> AskAsync(params string[] words)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream());
        await writer.WriteAsync($"*{words.Length}\r\n{string.Concat(words.Select(word => $"${word.Length}\r\n{word}\r\n"))}");
        await writer.FlushAsync(TestContext.Current.CancellationToken);
        var head = await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        if (!head.StartsWith('$') || head == "$-1") return head[1..];
        var text = new char[int.Parse(head[1..])];
        await reader.ReadBlockAsync(text, TestContext.Current.CancellationToken);
        return new string(text);
    }

    public void Dispose()
    {
        if (_over) return;
        _over = true;
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static async Task<Process?> TryStartAsync(string program, int port, string[] options)
    {
        var process = Process.Start(new ProcessStartInfo(program, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. options])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal)) continue;
            // What it goes on to say must not fill the pipe.
            _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            return process;
        }
        process.Dispose();
        return null;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Signal(int signal) => Assert.Equal(0, KillProcess(_process.Id, signal));

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int KillProcess(int process, int signal);
}
