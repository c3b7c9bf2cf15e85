using Signaling.Bench.Load;

namespace Signaling.Bench.Scenarios;

/// <summary>Messages of some sizes, one after the other.</summary>
internal sealed class Letters
{
    private readonly MaskedMessage[] _messages;
    private int _next;

    public Letters(bool envelope, params int[] sizes) => _messages = [.. sizes.Select(size => new MaskedMessage(size, envelope))];

    public MaskedMessage Next()
    {
        if (_next == _messages.Length) _next = 0;
        return _messages[_next++];
    }
}
