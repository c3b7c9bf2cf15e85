using System.Numerics;

namespace Signaling.Bench.Load;

/// <summary>Counts times in buckets that are 3 % wide at most, so that a million of them cost nothing to keep.</summary>
internal sealed class Histogram
{
    private const int Bits = 5;
    private readonly long[] _buckets = new long[64 << Bits];
    private long _count;

    public void Add(long nanoseconds)
    {
        _buckets[BucketOf(Math.Max(nanoseconds, 1))]++;
        _count++;
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        _count = 0;
    }

    /// <summary>Nanoseconds that this share of all times did not exceed; NaN when there was none.</summary>
    public double Percentile(double share)
    {
        if (_count == 0) return double.NaN;
        var rank = (long)Math.Ceiling(share * _count);
        var bucket = 0;
        for (var seen = _buckets[0]; seen < rank; seen += _buckets[++bucket]) ;
        return Middle(bucket);
    }

    private static int BucketOf(long value)
    {
        var exponent = Math.Max(BitOperations.Log2((ulong)value) - Bits, 0);
        return (exponent << Bits) + (int)(value >> exponent);
    }

    private static double Middle(int bucket)
    {
        var exponent = Math.Max((bucket >> Bits) - 1, 0);
        var first = (long)(bucket - (exponent << Bits)) << exponent;
        return first + ((1L << exponent) - 1) / 2.0;
    }
}
