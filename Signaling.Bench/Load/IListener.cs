namespace Signaling.Bench.Load;

/// <summary>Is told what happens on lines.</summary>
internal interface IListener
{
    void Changed(Line line);

    /// <param name="payload">Of one message; it lives until this returns.</param>
    /// <param name="now">When the bytes were read.</param>
    void Received(Line line, ReadOnlySpan<byte> payload, long now);
}
