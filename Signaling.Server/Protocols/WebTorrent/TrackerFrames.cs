using System.Text;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>What the server says to clients of WebTorrent trackers.</summary>
internal static class TrackerFrames
{
    /// <summary>How many there are of each kind, and when to announce again.</summary>
    public static Frame Counts(SwarmCounts counts, TimeSpan interval, ReadOnlySpan<byte> infoHash) => Join(
        Bytes($$"""{"complete":{{counts.Seeders}},"incomplete":{{counts.Leechers}},"action":"announce","interval":{{(int)interval.TotalSeconds}},"info_hash":"""),
        infoHash,
        "}"u8);

    /// <summary>Somebody's offer.</summary>
    public static Frame Offer(ReadOnlySpan<byte> offer, ReadOnlySpan<byte> offerId, ReadOnlySpan<byte> from, ReadOnlySpan<byte> infoHash) =>
        Described("""{"action":"announce","offer":"""u8, offer, offerId, from, infoHash);

    /// <summary>Somebody's answer.</summary>
    public static Frame Answer(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> offerId, ReadOnlySpan<byte> from, ReadOnlySpan<byte> infoHash) =>
        Described("""{"action":"announce","answer":"""u8, answer, offerId.IsEmpty ? "null"u8 : offerId, from, infoHash);

    /// <summary>The counts of several swarms.</summary>
    /// <param name="files">Their members, as JSON.</param>
    public static Frame Scrape(string files) =>
        Join(Bytes($$$"""{"action":"scrape","files":{{{{files}}}},"flags":{"min_request_interval":600}}"""));

    /// <summary>A request that cannot be understood.</summary>
    /// <param name="why">Of characters that JSON need not escape.</param>
    public static Frame Failure(string why) => Join(Bytes($$"""{"failure reason":"{{why}}"}"""));

    /// <summary>An announce that cannot be followed: its client goes on.</summary>
    /// <param name="why">Of characters that JSON need not escape.</param>
    /// <param name="infoHash">As JSON.</param>
    public static Frame Failure(string why, ReadOnlySpan<byte> infoHash) =>
        Join(Bytes($$"""{"action":"announce","failure reason":"{{why}}","info_hash":"""), infoHash, "}"u8);

    private static Frame Described(ReadOnlySpan<byte> head, ReadOnlySpan<byte> description, ReadOnlySpan<byte> offerId, ReadOnlySpan<byte> from, ReadOnlySpan<byte> infoHash)
    {
        ReadOnlySpan<byte> beforeId = ",\"offer_id\":"u8, beforeFrom = ",\"peer_id\":"u8, beforeHash = ",\"info_hash\":"u8;
        var length = head.Length + description.Length + beforeId.Length + offerId.Length + beforeFrom.Length + from.Length + beforeHash.Length + infoHash.Length + 1;
        var frame = FrameEncoder.Reserve(Opcode.Text, length, out var rest);
        Put(head, ref rest);
        Put(description, ref rest);
        Put(beforeId, ref rest);
        Put(offerId, ref rest);
        Put(beforeFrom, ref rest);
        Put(from, ref rest);
        Put(beforeHash, ref rest);
        Put(infoHash, ref rest);
        Put("}"u8, ref rest);
        return frame;
    }

    private static Frame Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default, ReadOnlySpan<byte> third = default)
    {
        var frame = FrameEncoder.Reserve(Opcode.Text, first.Length + second.Length + third.Length, out var rest);
        Put(first, ref rest);
        Put(second, ref rest);
        Put(third, ref rest);
        return frame;
    }

    private static void Put(ReadOnlySpan<byte> bytes, ref Span<byte> rest)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
