using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Signaling.Soak;

/// <summary>The relay under test, as a process of its own; one that runs already is only connected to.</summary>
internal sealed class RelayProcess : IDisposable
{
    // Short, so that a run sees many of them end; the other limits are those that everybody gets.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    private readonly Process? _process;
    private TimeSpan _cpu;

    private RelayProcess(IPEndPoint endPoint, Process? process, TimeSpan silence) => (EndPoint, _process, Silence) = (endPoint, process, silence);

    public IPEndPoint EndPoint { get; }

    /// <summary>How long it bears to hear nothing of a line, at least.</summary>
    public TimeSpan Silence { get; }

    /// <summary>The longest time from a cut line to the end of its place.</summary>
    public TimeSpan Lapse => _process is null ? TimeSpan.FromSeconds(90) : Grace + Silence + TimeSpan.FromSeconds(3);

    /// <summary>How long a place is kept; of a relay that runs already, as is usual.</summary>
    public TimeSpan PlaceKept => _process is null ? TimeSpan.FromSeconds(30) : Grace;

    /// <summary>Resident memory in MB.</summary>
    public double Memory
    {
        get
        {
            if (_process is null || _process.HasExited) return double.NaN;
            _process.Refresh();
            _cpu = _process.TotalProcessorTime;
            return _process.WorkingSet64 / 1e6;
        }
    }

    public TimeSpan Cpu => _cpu;

    /// <summary>Sockets that it has open; null where that cannot be seen.</summary>
    public int? Sockets => _process is { HasExited: false } && OperatingSystem.IsLinux()
        ? new DirectoryInfo($"/proc/{_process.Id}/fd").EnumerateFileSystemInfos().Count(file => file.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
        : null;

    public static async Task<RelayProcess> StartAsync(SoakOptions options, Action<string> complain)
    {
        if (options.Url is { } url) return new RelayProcess(new IPEndPoint(IPAddress.Loopback, url.Port), null, options.Silence);

        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        string[] command =
        [
            "dotnet", Executable(),
            "--urls", $"http://{endPoint}",
            $"--Resume:Grace={Grace:c}",
            $"--KeepAlive:Interval={options.Silence / 2:c}",
            $"--KeepAlive:Timeout={options.Silence / 2:c}",
            "--Limits:ConnectionsPerAddress=0", // they all come from one
            $"--Server:Wire={options.Wire}",
        ];
        // Ctrl-C is for the soak alone: the relay must go on until everybody has left.
        if (!OperatingSystem.IsWindows()) command = ["sh", "-c", "trap '' INT; exec \"$@\"", .. command.Prepend("sh")];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        var relay = new RelayProcess(endPoint, process, options.Silence);
        process.OutputDataReceived += (_, line) => Judge(line.Data);
        process.ErrorDataReceived += (_, line) => Judge(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await relay.AnswersAsync();
        return relay;

        void Judge(string? line)
        {
            if (line is not null && (line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal)))
                complain(line);
        }
    }

    public void Dispose()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    // Built beside this program, in the same configuration.
    private static string Executable()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var beside = Path.Combine(here.Parent!.Parent!.Parent!.Parent!.FullName, "Signaling.Server", "bin", here.Parent.Name, here.Name, "Signaling.Server.dll");
        return File.Exists(beside) ? beside : throw new FileNotFoundException("The relay is not built: dotnet build -c Release", beside);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task AnswersAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{EndPoint}") };
        for (var attempt = 0; attempt < 120; attempt++)
        {
            if (_process!.HasExited) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The relay did not start: exit code {_process.ExitCode}"));
            try
            {
                using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(250);
        }
        throw new TimeoutException("The relay is not healthy after 30 s.");
    }
}
