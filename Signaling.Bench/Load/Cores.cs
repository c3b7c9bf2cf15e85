using System.Globalization;

namespace Signaling.Bench.Load;

/// <summary>Which CPU runs what: the load the first that we may use, the server the last; or any of them.</summary>
internal sealed class Cores
{
    private readonly ulong _load;
    private readonly ulong _server;

    public Cores(bool pin)
    {
        var allowed = Allowed();
        if (pin && allowed.Length < 2) throw new InvalidOperationException("--pin needs two CPUs.");
        (_load, _server) = pin ? (1UL << allowed[0], 1UL << allowed[^1]) : (0, 0);
        if (!pin) return;
        foreach (var thread in Directory.GetDirectories("/proc/self/task")) Libc.Pin(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), _load);
    }

    /// <summary>Starts a process there.</summary>
    public T OnServerCore<T>(Func<T> start)
    {
        if (_server == 0) return start();
        Libc.Pin(0, _server);
        try
        {
            return start();
        }
        finally
        {
            Libc.Pin(0, _load);
        }
    }

    // "0-3,8"
    private static int[] Allowed() => [.. File.ReadLines("/proc/self/status")
        .First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))["Cpus_allowed_list:".Length..].Trim().Split(',')
        .Select(range => range.Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray())
        .SelectMany(ends => Enumerable.Range(ends[0], ends[^1] - ends[0] + 1))
        .Where(cpu => cpu < 64)];
}
