using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Signaling.Bench.Load;

namespace Signaling.Bench.Servers;

/// <summary>A server that runs, and what the operating system says about it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private readonly ServerProcess? _behind;

    private ServerProcess(Process process, int port, ServerProcess? behind)
    {
        (_process, Port, _behind) = (process, port, behind);
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>Whether anything has been measured on it: the first time takes longer to warm up.</summary>
    public bool IsWarm { get; set; }

    /// <summary>Nanoseconds of CPU so far.</summary>
    public long Cpu => Libc.CpuOf(_process.Id) + (_behind?.Cpu ?? 0);

    /// <summary>Resident memory in bytes.</summary>
    public long Memory => long.Parse(File.ReadAllText($"/proc/{_process.Id}/statm").Split(' ')[1], null) * Environment.SystemPageSize;

    /// <summary>Starts it, and returns when it listens.</summary>
    public static ServerProcess Start(Contender contender, Cores cores, CancellationToken stop)
    {
        var behind = contender.Behind is { } other ? Start(other, cores, stop) : null;
        var port = FreePort();
        var command = contender.Start(port, behind?.Port ?? 0);
        command.RedirectStandardOutput = command.RedirectStandardError = true;
        var server = new ServerProcess(cores.OnServerCore(() => Process.Start(command)!), port, behind);
        try
        {
            server.WaitUntilItListens(stop);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Asks it to end, as a platform does.</summary>
    public void Terminate() => Libc.Terminate(_process.Id);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _behind?.Dispose();
    }

    private void WaitUntilItListens(CancellationToken stop)
    {
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(30); stop.WaitHandle.WaitOne(50))
        {
            stop.ThrowIfCancellationRequested();
            if (_process.HasExited)
            {
                _process.WaitForExit();
                lock (_output) throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}: {_output}");
            }
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
        throw new TimeoutException($"{_process.StartInfo.FileName} does not listen after 30 s.");
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            if (_output.Length < 4000) _output.AppendLine(line.Data);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
