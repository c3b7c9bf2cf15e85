using System.Text.RegularExpressions;

namespace Signaling.E2E.Running;

/// <summary>What a process has said so far, and a way to wait for what it is going to say.</summary>
public sealed class Transcript
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(Regex Pattern, TaskCompletionSource<Match> Found)> _waiting = [];
    private bool _ended;

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            _waiting.RemoveAll(one => one.Pattern.Match(line) is { Success: true } match && one.Found.TrySetResult(match));
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            foreach (var (pattern, found) in _waiting) found.TrySetException(NeverSaid(pattern));
            _waiting.Clear();
        }
    }

    /// <summary>The first line that matches, said already or still to come.</summary>
    public Task<Match> SaysAsync(Regex pattern)
    {
        lock (_lock)
        {
            foreach (var line in _lines)
                if (pattern.Match(line) is { Success: true } match) return Task.FromResult(match);
            if (_ended) return Task.FromException<Match>(NeverSaid(pattern));

            var found = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((pattern, found));
            return found.Task;
        }
    }

    public override string ToString()
    {
        lock (_lock) return string.Join(Environment.NewLine, _lines);
    }

    private InvalidOperationException NeverSaid(Regex pattern) =>
        new($"It ended and never said /{pattern}/. It said:{Environment.NewLine}{string.Join(Environment.NewLine, _lines)}");
}
