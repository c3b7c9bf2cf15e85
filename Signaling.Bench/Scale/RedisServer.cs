using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Signaling.Bench.Load;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scale;

/// <summary>A redis-server of this run alone, which keeps nothing.</summary>
internal sealed class RedisServer(ServerProcess process) : IDisposable
{
    public string ConnectionString => $"127.0.0.1:{process.Port}";

    /// <summary>Nanoseconds of CPU so far.</summary>
    public long Cpu => process.Cpu;

    /// <exception cref="InvalidOperationException">There is none on the PATH.</exception>
    public static RedisServer Start(Cores cores, CancellationToken stop)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("--scale needs redis-server on the PATH.");
        return new(ServerProcess.Start(new Contender("redis", Abilities.Plain, (port, _) =>
            new ProcessStartInfo(program, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])), cores, stop));
    }

    /// <summary>What it has counted so far. To ask is a command, too: one, and not between two looks at a CPU.</summary>
    public RedisCounters Count()
    {
        using var line = new TcpClient("127.0.0.1", process.Port);
        using var stream = line.GetStream();
        stream.Write("INFO all\r\nQUIT\r\n"u8);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return RedisCounters.Read(reader.ReadToEnd());
    }

    public void Dispose() => process.Dispose();
}
