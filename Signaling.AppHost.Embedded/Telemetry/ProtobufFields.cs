using System.Buffers.Binary;

namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>Reads the fields of one Protocol Buffers message, without a schema: all that OTLP needs.</summary>
internal static class ProtobufFields
{
    public readonly record struct Field(int Number, ulong Scalar, ReadOnlyMemory<byte> Bytes, bool IsScalar);

    /// <exception cref="InvalidDataException">It is cut off, or no such message.</exception>
    public static IEnumerable<Field> Read(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            var number = (int)(tag >> 3);
            if (number == 0) throw new InvalidDataException("Protocol Buffers has no field 0.");
            yield return (tag & 7) switch
            {
                0 => new(number, Varint(ref message), default, true),
                1 => new(number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, 8).Span), default, true),
                2 => new(number, 0, Take(ref message, Varint(ref message)), false),
                5 => new(number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, 4).Span), default, true),
                var wire => throw new InvalidDataException($"Protocol Buffers wire type {wire} is not in use."),
            };
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> message, ulong length)
    {
        if (length > (ulong)message.Length) throw new InvalidDataException("A Protocol Buffers message is cut off.");
        var taken = message[..(int)length];
        message = message[(int)length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Take(ref message, 1).Span[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }

        throw new InvalidDataException("A Protocol Buffers number has more than ten bytes.");
    }
}
