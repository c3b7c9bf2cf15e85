namespace Signaling.Soak.Truth;

/// <summary>
/// A ping, and what is known to have happened before it. The relay answers in order: when the pong is there, what the
/// sender said before the ping was dealt with, and what had been posted to it before the ping was received.
/// </summary>
internal sealed class Fence
{
    public required long Number { get; init; }

    public required double SentAt { get; init; }

    public required int Epoch { get; init; }

    /// <summary>What the sender had said.</summary>
    public required (Channel Channel, int Written)[] Said { get; init; }

    /// <summary>What others had said and the relay had dealt with.</summary>
    public required (Channel Channel, Position At)[] Due { get; init; }

    /// <summary>Who had left long ago.</summary>
    public required Life[] Over { get; init; }

    /// <summary>Who had been there for long.</summary>
    public required Life[] Present { get; init; }

    public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
