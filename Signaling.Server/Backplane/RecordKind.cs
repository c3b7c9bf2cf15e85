namespace Signaling.Server.Backplane;

/// <summary>What a record of a packet tells.</summary>
internal enum RecordKind : byte
{
    /// <summary>Somebody who is no member of the topic said something to all.</summary>
    SaidByStranger = 1,

    /// <summary>A member said something to all.</summary>
    Said = 2,

    /// <summary>Somebody said something to one.</summary>
    Sent = 3,

    /// <summary>A member is on the sending server, or is known better.</summary>
    Put = 4,

    /// <summary>A member of the sending server is gone.</summary>
    Removed = 5,

    /// <summary>The sending server hears the topic from now on, and is to be told what is said there.</summary>
    Here = 6,

    /// <summary>It does so no longer.</summary>
    Gone = 7,

    /// <summary>The answer to <see cref="Here"/>, for the server that is named: nothing is kept from it any more.</summary>
    Seen = 8,
}
