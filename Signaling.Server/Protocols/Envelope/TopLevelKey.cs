namespace Signaling.Server.Protocols.Envelope;

/// <summary>The keys of a client's message that mean something; all others are not forwarded.</summary>
[Flags]
internal enum TopLevelKey
{
    /// <summary>A key of no meaning.</summary>
    Other = 0,

    /// <summary><c>type</c></summary>
    Type = 1,

    /// <summary><c>to</c></summary>
    To = 2,

    /// <summary><c>ref</c></summary>
    Ref = 4,

    /// <summary><c>data</c></summary>
    Data = 8,

    /// <summary><c>meta</c></summary>
    Meta = 16,

    /// <summary><c>token</c></summary>
    Token = 32,
}
