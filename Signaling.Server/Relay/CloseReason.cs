namespace Signaling.Server.Relay;

/// <summary>Every way in which a connection can end. Codes: RFC 6455 section 7.4, and 4400-4499 for our own.</summary>
/// <param name="Code">Goes into the Close frame. 1005 and 1006 are never sent: they stand for a Close frame without a code, and for a line that ended without one.</param>
/// <param name="Name">For metrics, logs and traces.</param>
/// <param name="Text">For the developer of the client: goes into the Close frame, 123 bytes of UTF-8 at most.</param>
public sealed record CloseReason(ushort Code, string Name, string Text)
{
    /// <summary>It may not have been the client's wish: what protocols keep for a peer is kept for a while.</summary>
    public bool MayComeBack => Code is 1001 or 1006 or 1012;

    /// <summary>The client learns why in the words of its own protocol, or its protocol gives no reasons: the Close says nothing.</summary>
    public bool IsTold => Code == 1005;

    /// <summary>The client closed. Come back: when it wishes.</summary>
    public static readonly CloseReason Normal = new(1000, "closed", "");

    /// <summary>The server stops at once. Come back: with jitter.</summary>
    public static readonly CloseReason GoingAway = new(1001, "going-away", "the server is shutting down");

    /// <summary>The line ended without a Close frame.</summary>
    public static readonly CloseReason Lost = new(1006, "lost", "");

    /// <summary>A ping was not answered in time: the line is dead. Nothing can be said on it.</summary>
    public static readonly CloseReason Timeout = new(1006, "timeout", "");

    /// <summary>Not let in, as it was told. Come back: as its protocol has it.</summary>
    public static readonly CloseReason Told = new(1005, "told", "");

    /// <summary>Its protocol wants to hear of it now and then, and did not. Come back: yes.</summary>
    public static readonly CloseReason Silent = new(1005, "silent", "");

    /// <summary>A text message is not UTF-8. Come back: with a mended client.</summary>
    public static readonly CloseReason NotUtf8 = new(1007, "not-utf8", "a text message must be valid UTF-8");

    /// <summary>A message in too many pieces. Come back: with a mended client.</summary>
    public static readonly CloseReason TooManyFragments = new(1008, "too-many-fragments", "a message may have 1024 fragments at most");

    /// <summary>More pings and pongs than anybody needs. Come back: with a mended client.</summary>
    public static readonly CloseReason TooManyPings = new(1008, "too-many-pings", "too many pings or pongs (Limits:PingsPerSecond)");

    /// <summary>It wants to be in more places than one connection may be. Come back: with a mended client.</summary>
    public static readonly CloseReason TooManyTopics = new(1008, "too-many-topics", "a connection may have 100 topics at most, with names of 256 characters at most");

    /// <summary>The server has made a mistake, which its log tells of. Come back: with jitter.</summary>
    public static readonly CloseReason Failed = new(1011, "failed", "the server made a mistake");

    /// <summary>A planned restart. Come back: after as long as was announced, else with jitter.</summary>
    public static readonly CloseReason Restart = new(1012, "restart", "the server restarts");

    /// <summary>The room has no place left. Before the handshake is answered, so as 503. Come back: later.</summary>
    public static readonly CloseReason RoomFull = new(1013, "room-full", "the room is full (Limits:PeersPerRoom)");

    /// <summary>The server has no room left. Before the handshake is answered, so as 503. Come back: later.</summary>
    public static readonly CloseReason TooManyRooms = new(1013, "too-many-rooms", "there are too many rooms (Limits:Rooms)");

    /// <summary>The client goes on saying things that are not the protocol. Come back: with a mended client.</summary>
    public static readonly CloseReason NotTheProtocol = new(4400, "not-the-protocol", "ten messages in a row were not of the protocol signaling.v1");

    /// <summary>The client's token has run out. Come back: with a new one.</summary>
    public static readonly CloseReason TokenExpired = new(4401, "token-expired", "the token has run out");

    /// <summary>The client does what its token does not allow, and its protocol has no words for that. Come back: not as it is.</summary>
    public static readonly CloseReason Forbidden = new(1008, "forbidden", "the token does not allow to publish");

    /// <summary>A newer connection has resumed the same place. Come back: no.</summary>
    public static readonly CloseReason Replaced = new(4409, "replaced", "replaced by a newer connection of the same peer");

    /// <summary>The client talks too fast. Come back: after a while.</summary>
    public static readonly CloseReason TooManyMessages = new(4429, "too-many-messages", "too many messages (Limits:MessagesPerSecond, Limits:Burst)");

    /// <summary>The peer did not read what was sent to it. Come back: yes.</summary>
    public static readonly CloseReason Slow = new(4408, "slow", "too slow: more waited for you than the server keeps (Limits:OutboxBytes)");

    /// <summary>A frame breaks RFC 6455. Come back: with a mended client.</summary>
    /// <param name="what">The rule that was broken.</param>
    public static CloseReason ProtocolError(string what) => new(1002, "protocol-error", what);

    /// <summary>A message is larger than the limit. Come back: not with the same message.</summary>
    /// <param name="limit">Bytes that a message may have.</param>
    public static CloseReason TooBig(int limit) => new(1009, "too-big", $"a message may have {limit} bytes at most (Limits:MaxMessageBytes)");
}
