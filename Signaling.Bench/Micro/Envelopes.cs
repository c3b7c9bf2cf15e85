using System.Text;
using BenchmarkDotNet.Attributes;
using Signaling.Bench.Load;
using Signaling.Server.Protocols.Envelope;
using Signaling.Server.Relay;

namespace Signaling.Bench.Micro;

/// <summary>A message in its envelope: read, and written for the others.</summary>
public class Envelopes
{
    private const string From = "0123456789abcdef0123456789abcdef";

    private byte[] _json = [];
    private byte[] _data = [];

    /// <summary>Of the data.</summary>
    [Params(Sizes.Candidate, Sizes.Description)]
    public int Bytes { get; set; }

    /// <summary>Makes the message.</summary>
    [GlobalSetup]
    public void Make()
    {
        _data = Encoding.ASCII.GetBytes($$"""{"candidate":"{{new string('x', Bytes - 16)}}"}""");
        _json = [.. "{\"data\":"u8, .. _data, (byte)'}'];
    }

    /// <summary>What a client said is understood.</summary>
    [Benchmark]
    public int Read() => ClientMessage.Read(_json).Data.Length;

    /// <summary>And goes out under its sender's name.</summary>
    [Benchmark]
    public Frame Write() => ServerFrames.Broadcast(From, _data);
}
