using System.Threading.Channels;

namespace Signaling.E2E.Evidence;

/// <summary>Tells whoever waits that something new was seen somewhere; not what.</summary>
public sealed class Changes
{
    private readonly Channel<bool> _seen = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Notify() => _seen.Writer.TryWrite(true);

    /// <summary>Looks again after each change until it is so; false when patience ran out first.</summary>
    public async Task<bool> UntilAsync(Func<Task<bool>> isSo, TimeSpan patience)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(patience);
        try
        {
            while (!await isSo()) await _seen.Reader.ReadAsync(enough.Token);
            return true;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
