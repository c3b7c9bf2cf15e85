using System.Globalization;
using System.Text;
using Signaling.Soak.Lines;
using Signaling.Soak.Truth;

namespace Signaling.Soak.Actors;

/// <summary>Two connections in a room of their own, in raw mode: they come, say a few things, end in one of many ways, and come again.</summary>
internal sealed class Pair(World world, RelayProcess relay, int number, int seed)
{
    // Without a single byte.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    // What the relay sends is taken in many pieces. With less, what the client offers is now and then less than the kernel of
    // the sender thinks worth sending, and it asks ever more rarely for more: on a busy machine that takes minutes.
    private const int SmallBuffer = 4096;

    private readonly Random _dice = new(seed);
    private int _said;

    /// <summary>Until the world is ending.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!world.IsEnding)
            {
                await PauseAsync(10);
                if (!world.IsEnding) await LiveAsync();
            }
        }
        catch (Exception error)
        {
            world.Fail(error is TimeoutException ? new Violation($"pair {number}: something should have come, and for {Patience.TotalSeconds} s nothing did") : error);
        }
    }

    private async Task LiveAsync()
    {
        using var over = new CancellationTokenSource();
        using var one = await OpenAsync();
        var lives = ShowLifeAsync(one, over.Token);
        using var other = await OpenAsync();
        lives = Task.WhenAll(lives, ShowLifeAsync(other, over.Token));
        for (var talks = _dice.Next(4); talks >= 0 && !world.IsEnding; talks--)
        {
            await TalkAsync(one, other);
            if (_dice.Next(2) == 0) await TalkAsync(other, one);
            await PauseAsync(3);
        }
        // Something may be under way to the one who is killed.
        if (_dice.Next(3) == 0) await SayAsync(other, 3);
        await over.CancelAsync();
        await lives;
        await EndAsync(one);
        await EndAsync(other);
        lock (world.Gate) world.Figures.PairLives++;
    }

    // They do not read all the time, and then answer no ping: whoever says something is known to be alive.
    private async Task ShowLifeAsync(Line line, CancellationToken over)
    {
        using var beat = new PeriodicTimer(relay.Silence / 8);
        try
        {
            while (await beat.WaitForNextTickAsync(over)) await line.SendAsync(WireOpcode.Pong, []);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private Task<Line> OpenAsync() =>
        Line.OpenAsync(relay.EndPoint, string.Create(CultureInfo.InvariantCulture, $"/room/pair-{number}"), envelope: false, _dice.Next(3) == 0 ? SmallBuffer : null);

    private async Task TalkAsync(Line from, Line to)
    {
        foreach (var said in await SayAsync(from, 1 + _dice.Next(8)))
        {
            var heard = await HearAsync(to);
            var text = Encoding.UTF8.GetString(heard.Payload.Span);
            if (heard.Opcode != WireOpcode.Text || text != said)
                throw new Violation($"pair {number} should have heard '{Short(said)}', and heard {heard.Opcode} '{Short(text)}'");
            lock (world.Gate) world.Figures.PairMessages++;
        }
    }

    private async Task<WireFrame> HearAsync(Line line)
    {
        while (true)
        {
            var frame = await NextAsync(line) ?? throw new Violation($"a line of pair {number} ended, and nobody had ended it");
            if (frame.Opcode != WireOpcode.Ping) return frame;
            await line.SendAsync(WireOpcode.Pong, frame.Payload.ToArray());
        }
    }

    private static async Task<WireFrame?> NextAsync(Line line)
    {
        var next = line.NextAsync();
        long received;
        do
        {
            received = line.Received;
            if (await Task.WhenAny(next, Task.Delay(Patience)) == next) return await next;
        }
        while (line.Received > received);
        throw new TimeoutException();
    }

    private async Task<List<string>> SayAsync(Line from, int count)
    {
        var said = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var size = _dice.Next(10) == 0 ? _dice.Next(30_000) : _dice.Next(400);
            said.Add(string.Create(CultureInfo.InvariantCulture, $"pair {number}, message {++_said}{new string('.', size)}"));
            await from.SayAsync(said[^1]);
        }
        return said;
    }

    private async Task EndAsync(Line line)
    {
        switch (_dice.Next(4))
        {
            case 0:
                line.Cut();
                return;
            case 1:
                line.EndSending();
                break;
            case 2:
                await line.SayCloseAsync();
                line.EndSending();
                break;
            default:
                await line.SayCloseAsync();
                break;
        }
        // The relay ends the line after that, whatever else comes.
        while (await NextAsync(line) is not null)
        {
        }
    }

    private Task PauseAsync(double most) => Task.Delay(TimeSpan.FromSeconds(_dice.NextDouble() * most));

    private static string Short(string text) => text.Length > 60 ? text[..60] : text;
}
