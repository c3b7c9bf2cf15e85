using System.Buffers;
using System.Text;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>Several comings and goings at once, in as many <c>presence</c> frames as it takes (PROTOCOL.md section 2).</summary>
internal static class PresenceFrames
{
    /// <summary>Of entries in one frame: with what stands around them, a frame has less than the 64 KiB of PROTOCOL.md.</summary>
    public const int MaxBytes = 60 * 1024;

    /// <summary>Everybody once; who has left comes first.</summary>
    public static List<Frame> Of(IEnumerable<Member> joined, IEnumerable<Departure> left)
    {
        List<Frame> frames = [];
        List<byte[]> came = [];
        List<byte[]> gone = [];
        var bytes = 0;
        foreach (var one in left) Add(gone, Encoding.UTF8.GetBytes($$"""{"id":"{{one.Id}}","reason":"{{one.Reason}}"}"""));
        foreach (var one in joined) Add(came, one.Entry);
        if (bytes > 0) Cut();
        return frames;

        void Add(List<byte[]> entries, byte[] entry)
        {
            if (bytes > 0 && bytes + entry.Length + 1 > MaxBytes) Cut();
            entries.Add(entry);
            bytes += entry.Length + 1;
        }

        void Cut()
        {
            frames.Add(Encode(came, gone, bytes));
            came.Clear();
            gone.Clear();
            bytes = 0;
        }
    }

    private static Frame Encode(List<byte[]> joined, List<byte[]> left, int bytes)
    {
        var json = new ArrayBufferWriter<byte>(bytes + 64);
        json.Write("""{"type":"presence","joined":["""u8);
        Join(joined);
        json.Write("""],"left":["""u8);
        Join(left);
        json.Write("]}"u8);
        return FrameEncoder.Encode(Opcode.Text, json.WrittenSpan);

        void Join(List<byte[]> entries)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                if (i > 0) json.Write(","u8);
                json.Write(entries[i]);
            }
        }
    }
}
