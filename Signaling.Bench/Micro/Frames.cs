using BenchmarkDotNet.Attributes;
using Signaling.Bench.Load;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Bench.Micro;

/// <summary>A message on its way in and out, as bytes.</summary>
public class Frames
{
    private readonly FrameReader _reader = new(1 << 20);
    private byte[] _payload = [];
    private byte[] _masked = [];
    private byte[] _buffer = [];

    /// <summary>Of the payload.</summary>
    [Params(Sizes.Candidate, Sizes.Description, Sizes.Large)]
    public int Bytes { get; set; }

    /// <summary>Makes the message.</summary>
    [GlobalSetup]
    public void Make()
    {
        _payload = new byte[Bytes];
        Array.Fill(_payload, (byte)'x');
        _masked = new MaskedMessage(Bytes).With(default).ToArray();
        _buffer = new byte[_masked.Length];
    }

    /// <summary>The payload becomes a frame.</summary>
    [Benchmark]
    public Frame Encode() => FrameEncoder.Encode(Opcode.Text, _payload);

    /// <summary>A client's frame is unmasked and checked; the copy of it that unmasking spoils is part of the time.</summary>
    [Benchmark]
    public int Parse()
    {
        _masked.CopyTo(_buffer, 0);
        var bytes = _buffer.AsSpan();
        return _reader.TryRead(ref bytes, out var message) ? message.Payload.Length : throw new InvalidDataException();
    }
}
