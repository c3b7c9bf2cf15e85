using System.Buffers.Binary;
using Signaling.Soak.Lines;
using Signaling.Soak.Truth;

namespace Signaling.Soak.Actors;

/// <summary>A peer that comes, talks, misbehaves, leaves, and comes again: one life after the other.</summary>
internal abstract class Actor(World world, RelayProcess relay, Func<SoakRoom> chooseRoom, int seed)
{
    private const double PingSeconds = 2;

    private double _nextPing;

    protected World World => world;

    protected RelayProcess Relay => relay;

    protected Random Dice { get; } = new(seed);

    protected Line Line { get; set; } = null!;

    /// <summary>Null while it is nowhere. Changed under the world's gate.</summary>
    public Life? Life { get; protected set; }

    /// <summary>Null while it is nowhere.</summary>
    protected Hearing? Hearing { get; set; }

    /// <summary>Until the world is ending; then it stays as it is, connected or not.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!world.IsEnding)
            {
                await PauseAsync(3);
                if (world.IsEnding) return;
                await EnterAsync(chooseRoom());
                while (Life is not null && !world.IsEnding)
                {
                    await TalkAsync(world.Now + 4 + Dice.NextDouble() * 22);
                    if (!world.IsEnding) await DisturbAsync();
                }
            }
        }
        catch (Exception error)
        {
            world.Fail(error);
        }
    }

    /// <summary>Sends a ping that is a fence, and waits for its pong.</summary>
    public async Task FenceAsync()
    {
        if (Life is null) return;
        var fence = await PingAsync();
        await fence.Answered.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Leaves in order, if it is somewhere.</summary>
    public async Task LeaveAsync()
    {
        if (Life is not null) await LeaveInOrderAsync();
    }

    protected abstract Task EnterAsync(SoakRoom room);

    protected abstract Task SaySomethingAsync();

    protected abstract Task DisturbAsync();

    protected abstract Task LeaveInOrderAsync();

    /// <summary>A frame that is not a ping, a pong or a Close. Under the gate.</summary>
    protected abstract void Handle(WireFrame frame);

    protected async Task TalkAsync(double until)
    {
        while (!world.IsEnding && world.Now < until)
        {
            await PauseAsync(Life!.Room.IsLarge ? 8 : 2);
            if (Line.Ended.IsCompleted || world.IsEnding) return;
            if (world.Now > _nextPing) await PingAsync();
            await SaySomethingAsync();
        }
    }

    /// <summary>Some time, up to so many seconds.</summary>
    protected Task PauseAsync(double most) => Task.Delay(TimeSpan.FromSeconds(Dice.NextDouble() * most));

    protected bool OneIn(int n) => Dice.Next(n) == 0;

    protected Speech Next(Channel channel, int size)
    {
        world.Figures.Sent++;
        Life!.Room.Frames++;
        return channel.Next(size);
    }

    protected void Note(string what) => Life?.History.Add(what);

    /// <summary>Waits for the end of a line, and says with which code it came. When it does not come, that is wrong.</summary>
    protected async Task<int> EndOfAsync(Line line, double seconds = 30)
    {
        try
        {
            return await line.Ended.WaitAsync(TimeSpan.FromSeconds(seconds));
        }
        catch (TimeoutException)
        {
            throw new Violation($"the line of {Life} should have ended ({string.Join(" or ", line.MayEnd)}), and did not in {seconds} s", Life);
        }
    }

    /// <summary>The life is over, by then at the latest.</summary>
    protected void IsOver(double overAt)
    {
        Life!.IsSteady = false;
        Life.OverAt = overAt;
        foreach (var channel in Life.Channels) channel.Forgive();
        Hearing!.ForgetFences();
        Line.Ignored = true;
        Life = null;
    }

    /// <summary>Reads until the line ends.</summary>
    protected async Task ListenAsync(Line line)
    {
        var life = Life;
        var code = 1006;
        try
        {
            while (await line.NextAsync() is { } frame)
            {
                if (frame.Opcode == WireOpcode.Ping) await line.SendAsync(WireOpcode.Pong, frame.Payload.ToArray());
                if (frame.Opcode == WireOpcode.Close)
                {
                    code = frame.Payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(frame.Payload.Span);
                    if (code != 1005) await line.SayCloseAsync(code);
                    break;
                }
                lock (world.Gate)
                {
                    if (line.Ignored || Life is null) continue;
                    if (frame.Opcode == WireOpcode.Pong) Ponged(frame);
                    else if (frame.Opcode != WireOpcode.Ping) Handle(frame);
                }
            }
            lock (world.Gate)
            {
                life?.History.Add($"its line ended: {code}");
                world.Figures.Ended(code);
                if (!line.MayEnd.Contains(code))
                    throw new Violation($"the line of {life} ended with {code}, but it could only end with: {string.Join(", ", line.MayEnd)}", life);
            }
        }
        catch (Exception error)
        {
            world.Fail(error);
        }
        finally
        {
            line.HasEnded(code);
            line.Dispose();
        }
    }

    private async Task<Fence> PingAsync()
    {
        Fence fence;
        lock (world.Gate)
        {
            _nextPing = world.Now + PingSeconds;
            fence = Hearing!.Ping();
        }
        var payload = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(payload, fence.Number);
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(8), Life!.Key);
        await Line.SendAsync(WireOpcode.Ping, payload);
        return fence;
    }

    private void Ponged(WireFrame frame)
    {
        if (frame.Payload.Length != 12 || Life is null || BinaryPrimitives.ReadInt32BigEndian(frame.Payload.Span[8..]) != Life.Key)
            throw new Violation($"{Life} got a pong to a ping that it did not send", Life);
        world.Figures.Fences++;
        Hearing!.Pong(BinaryPrimitives.ReadInt64BigEndian(frame.Payload.Span));
    }
}
