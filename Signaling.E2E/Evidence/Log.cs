namespace Signaling.E2E.Evidence;

/// <summary>Messages in the order in which they were seen.</summary>
public sealed class Log(Changes changes)
{
    private readonly Lock _lock = new();
    private readonly List<Message> _messages = [];

    public IReadOnlyList<Message> Messages
    {
        get
        {
            lock (_lock) return [.. _messages];
        }
    }

    public void Add(string text)
    {
        lock (_lock) _messages.Add(new Message(text));
        changes.Notify();
    }
}
