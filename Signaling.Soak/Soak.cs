using System.Diagnostics;
using Signaling.Soak.Actors;
using Signaling.Soak.Truth;

namespace Signaling.Soak;

/// <summary>One run: the relay, everybody who talks through it, and what is printed.</summary>
internal sealed class Soak(SoakOptions options)
{
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(10);

    private readonly World _world = new(options);
    private readonly List<Actor> _actors = [];
    private readonly List<(string When, double Memory, int? Sockets)> _memory = [];

    /// <summary>Runs until the time is over, somebody asks to stop, or the relay is wrong. 0: it was right.</summary>
    /// <param name="stop">Ends it in order.</param>
    /// <param name="hurry">Does not wait for that either.</param>
    public async Task<int> RunAsync(CancellationToken stop, CancellationToken hurry)
    {
        using var relay = await RelayProcess.StartAsync(options, line => _world.Fail(new Violation($"the relay said: {line}")));
        Console.WriteLine($"seed {options.Seed}, {options.Peers} peers, {options.Pairs} pairs, {options.Wire} wire, {options.Time.TotalMinutes:0.##} minutes, relay at {relay.EndPoint}");
        Remember("start", relay);
        Populate(relay);

        var pairs = Enumerable.Range(0, options.Pairs).Select(i => new Pair(_world, relay, i, options.Seed + i));
        Task[] running = [.. _actors.Select(actor => actor.RunAsync()), .. pairs.Select(pair => pair.RunAsync())];
        var watch = Stopwatch.StartNew();
        var warm = TimeSpan.FromSeconds(Math.Min(60, options.Time.TotalSeconds / 3));
        while (watch.Elapsed < options.Time && !stop.IsCancellationRequested && !_world.Failed.IsCompleted)
        {
            await Task.WhenAny(Task.Delay(Report, stop), _world.Failed);
            if (_memory.Count == 1 && watch.Elapsed >= warm) Remember("warm", relay);
            Progress(relay, watch.Elapsed);
        }
        var failed = _world.Failed.IsCompleted || await FailedWhileAsync(EndAsync(running, relay).WaitAsync(hurry));
        Summarize(relay, watch.Elapsed);
        return failed ? Tell(await _world.Failed) : 0;
    }

    private void Populate(RelayProcess relay)
    {
        var (hall, hover) = (new SoakRoom("hall", isLarge: true), new SoakRoom("hover", isLarge: true));
        SoakRoom[] small = [.. Enumerable.Range(1, 10).Select(i => new SoakRoom($"small-{i}", isLarge: false))];
        _world.Rooms.AddRange([hall, hover, .. small]);
        for (var i = 0; i < options.Peers; i++)
        {
            // Enough in one room for presence to be batched always, in another for it to be batched now and then.
            var dice = new Random(options.Seed + i);
            var share = (i + 0.5) / options.Peers;
            Func<SoakRoom> choose = share < 0.48 ? () => hall : share < 0.84 ? () => hover : () => small[dice.Next(small.Length)];
            _actors.Add(i % 7 == 3
                ? new RawActor(_world, relay, choose, dice.Next())
                : new EnvelopeActor(_world, relay, choose, _actors, dice.Next()));
        }
    }

    // Everybody stops talking; what was said must have arrived; everybody leaves.
    private async Task EndAsync(Task[] running, RelayProcess relay)
    {
        Console.WriteLine("ending: everybody stops talking");
        lock (_world.Gate) _world.IsEnding = true;
        await Task.WhenAll(running);
        // The first fence says what the relay has dealt with, the second that it was heard.
        for (var i = 0; i < 2; i++) await Task.WhenAll(_actors.Select(actor => actor.FenceAsync()));
        Remember("all there", relay);
        await Task.WhenAll(_actors.Select(actor => actor.LeaveAsync()));
        Remember("all left", relay);
        await Task.Delay(TimeSpan.FromSeconds(5));
        Remember("5 s later", relay);
        await Task.Delay(relay.Lapse);
        Remember("places lapsed", relay);
        if (_memory[^1].Sockets > _memory[0].Sockets)
            _world.Fail(new Violation($"the relay had {_memory[0].Sockets} sockets before anybody came, and has {_memory[^1].Sockets} when everybody has left"));
    }

    private async Task<bool> FailedWhileAsync(Task task)
    {
        await Task.WhenAny(task, _world.Failed);
        if (task.IsCanceled) Console.WriteLine("stopped before everybody had left");
        if (task.IsFaulted) _world.Fail(task.Exception.InnerException!);
        return _world.Failed.IsCompleted;
    }

    private void Progress(RelayProcess relay, TimeSpan elapsed)
    {
        lock (_world.Gate)
        {
            _world.Sweep();
            var figures = _world.Figures;
            var (peers, rooms) = (_actors.Count(actor => actor.Life is { IsSteady: true }), _world.Rooms.Count(room => room.Lives.Any(life => life.IsSteady)));
            Console.WriteLine($"{elapsed:mm\\:ss}  {peers,4} peers in {rooms,2} rooms  {figures.Sent,8:n0} sent {figures.Delivered,10:n0} delivered  {figures.Resumed + figures.ResumedWithGap,6:n0} resumes {figures.Kills,6:n0} kills  {relay.Memory,4:f0} MB  {relay.Cpu.TotalSeconds,5:f0} s CPU");
        }
    }

    private void Remember(string when, RelayProcess relay) => _memory.Add((when, relay.Memory, relay.Sockets));

    private void Summarize(RelayProcess relay, TimeSpan elapsed)
    {
        _ = relay.Memory;
        lock (_world.Gate) Console.WriteLine($"""

            ran         {elapsed:hh\:mm\:ss}
            {_world.Figures.Summary()}
            memory      {string.Join(", ", _memory.Select(one => $"{one.When}: {one.Memory:f1} MB"))}
            sockets     {string.Join(", ", _memory.Select(one => $"{one.When}: {one.Sockets}"))}
            CPU         {relay.Cpu.TotalSeconds:f1} s of the relay's process
            """);
    }

    private int Tell(Exception error)
    {
        lock (_world.Gate)
        {
            if (error is not Violation violation)
            {
                Console.WriteLine($"\nThe soak itself failed: {error}");
                return 2;
            }
            Console.WriteLine($"\nVIOLATION at {_world.Now:f3}: {violation.Message}");
            foreach (var life in violation.Lives)
                Console.WriteLine($"\n{life}, {life.Id} in room {life.Room.Name}:\n{life.History}");
            return 1;
        }
    }
}
