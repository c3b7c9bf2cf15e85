using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>
/// A message of OTLP, asked by the field numbers of opentelemetry/proto. What nobody asks for is ignored;
/// a field that is not there, or of another kind, is empty or 0. Long texts and lists are cut.
/// </summary>
internal readonly record struct OtlpMessage(ReadOnlyMemory<byte> Bytes)
{
    private const int LongestText = 8192;
    private const int MostAttributes = 128;
    private const int Deepest = 8;

    public IEnumerable<OtlpMessage> All(int number) =>
        from field in ProtobufFields.Read(Bytes) where field.Number == number && !field.IsScalar select new OtlpMessage(field.Bytes);

    public OtlpMessage One(int number) => All(number).LastOrDefault();

    public ulong Number(int number) => ProtobufFields.Read(Bytes).LastOrDefault(field => field.Number == number).Scalar;

    public double Double(int number) => Finite(Number(number));

    /// <summary>A double by its bits; what JSON has no number for is 0.</summary>
    public static double Finite(ulong bits) => BitConverter.UInt64BitsToDouble(bits) is var value && double.IsFinite(value) ? value : 0;

    /// <summary>A time in nanoseconds, as a page counts it.</summary>
    public double Milliseconds(int number) => Number(number) / 1e6;

    public string Text(int number) => Encoding.UTF8.GetString(Cut(One(number), LongestText));

    /// <summary>The id of a trace or span.</summary>
    public string Hex(int number) => Convert.ToHexStringLower(Cut(One(number), 16));

    /// <summary>Numbers of 8 bytes each, packed or one by one.</summary>
    public List<ulong> Fixed64s(int number) =>
        [.. ProtobufFields.Read(Bytes).Where(field => field.Number == number).SelectMany(field => field.IsScalar ? [field.Scalar] : Unpacked(field.Bytes)).Take(MostAttributes)];

    public SortedDictionary<string, string> Attributes(int number)
    {
        SortedDictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach (var pair in All(number).Take(MostAttributes)) attributes[pair.Text(1)] = pair.One(2).Value();
        return attributes;
    }

    /// <summary>This AnyValue, as people read it.</summary>
    public string Value(int depth = 0)
    {
        var field = ProtobufFields.Read(Bytes).LastOrDefault();
        return field.Number switch
        {
            1 => Text(1),
            2 => field.Scalar == 0 ? "false" : "true",
            3 => ((long)field.Scalar).ToString(CultureInfo.InvariantCulture),
            4 => Double(4).ToString(CultureInfo.InvariantCulture),
            5 or 6 when depth == Deepest => "…",
            5 => $"[{string.Join(", ", One(5).All(1).Take(MostAttributes).Select(one => one.Value(depth + 1)))}]",
            6 => $"{{{string.Join(", ", One(6).All(1).Take(MostAttributes).Select(one => $"{one.Text(1)}: {one.One(2).Value(depth + 1)}"))}}}",
            7 => $"{One(7).Bytes.Length} bytes",
            _ => "",
        };
    }

    private static ReadOnlySpan<byte> Cut(OtlpMessage text, int length) => text.Bytes.Span[..Math.Min(length, text.Bytes.Length)];

    private static IEnumerable<ulong> Unpacked(ReadOnlyMemory<byte> numbers)
    {
        if (numbers.Length % 8 != 0) throw new InvalidDataException("Packed numbers are cut off.");
        for (; !numbers.IsEmpty; numbers = numbers[8..]) yield return BinaryPrimitives.ReadUInt64LittleEndian(numbers.Span);
    }
}
