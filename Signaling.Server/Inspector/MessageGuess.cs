namespace Signaling.Server.Inspector;

/// <summary>What a message seems to be, from its first and last bytes. Pure, and of the same cost however long it is.</summary>
/// <param name="Kind"><c>offer</c>, <c>answer</c>, <c>candidate</c>, <c>bye</c>, or <c>data</c>.</param>
/// <param name="Candidate">Of a candidate: <c>host</c>, <c>mdns</c>, <c>srflx</c>, <c>prflx</c>, <c>relay</c>, or <c>end</c>; null where it cannot be told.</param>
internal readonly record struct MessageGuess(string Kind, string? Candidate = null)
{
    private const int HeadBytes = 512;
    // Some write the type behind the SDP.
    private const int TailBytes = 64;

    /// <summary>Guesses.</summary>
    public static MessageGuess Of(ReadOnlySpan<byte> message)
    {
        Span<byte> bare = stackalloc byte[HeadBytes + TailBytes];
        var length = Strip(message[..Math.Min(message.Length, HeadBytes)], bare);
        var head = bare[..length];
        var found = OfText(head);
        if (found.Kind != "data" || message.Length <= HeadBytes) return found;

        var rest = message.Length - HeadBytes;
        length = Strip(message[^Math.Min(rest, TailBytes)..], bare[length..]);
        var end = Word(bare.Slice(head.Length, length));
        return end is null ? found : new(end);
    }

    private static MessageGuess OfText(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("type:end-of-candidates"u8) >= 0) return new("candidate", "end");
        if (Word(text) is { } word) return word == "candidate" ? OfCandidate(text) : new(word);
        if (text.IndexOf("candidate:"u8) >= 0) return OfCandidate(text);
        return new("data");
    }

    // What a "type" says, in the spellings of the libraries that are about.
    private static string? Word(ReadOnlySpan<byte> text)
    {
        var rest = text;
        while (rest.IndexOf("type:"u8) is var at and >= 0)
        {
            rest = rest[(at + "type:".Length)..];
            if (rest.StartsWith("offer"u8)) return "offer";
            if (rest.StartsWith("answer"u8) || rest.StartsWith("pranswer"u8)) return "answer";
            if (rest.StartsWith("candidate"u8) || rest.StartsWith("ice-candidate"u8) || rest.StartsWith("icecandidate"u8)) return "candidate";
            if (rest.StartsWith("bye"u8) || rest.StartsWith("leave"u8)) return "bye";
        }
        return null;
    }

    // RFC 8839 section 5.1: … typ host
    private static MessageGuess OfCandidate(ReadOnlySpan<byte> text)
    {
        var isLast = text.IndexOf("candidate:,"u8) >= 0 || text.IndexOf("candidate:}"u8) >= 0 || text.IndexOf("candidate:null"u8) >= 0;
        var type = text.IndexOf("typhost"u8) >= 0 ? text.IndexOf(".local"u8) >= 0 ? "mdns" : "host"
            : text.IndexOf("typsrflx"u8) >= 0 ? "srflx"
            : text.IndexOf("typprflx"u8) >= 0 ? "prflx"
            : text.IndexOf("typrelay"u8) >= 0 ? "relay"
            : isLast ? "end" : null;
        return new("candidate", type);
    }

    // In lower case, without quotes, escapes and white space: JSON in JSON in JSON reads alike.
    private static int Strip(ReadOnlySpan<byte> text, Span<byte> bare)
    {
        var length = 0;
        foreach (var one in text)
        {
            if (one is (byte)'"' or (byte)'\'' or (byte)'\\' or <= (byte)' ') continue;
            bare[length++] = one is >= (byte)'A' and <= (byte)'Z' ? (byte)(one | 0x20) : one;
        }
        return length;
    }
}
