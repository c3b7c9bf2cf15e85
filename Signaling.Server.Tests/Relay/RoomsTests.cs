using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Relay;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Relay;

public sealed class RoomsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Of_many_who_want_in_at_once_exactly_as_many_get_in_as_there_are_places()
    {
        var rooms = New(peers: 10, rooms: 0);
        var joined = 0;
        Parallel.For(0, 500, _ =>
        {
            var refused = rooms.Join("demo", SilentWire.NewPeer(), out var room);
            Assert.Equal(room is null ? CloseReason.RoomFull : null, refused);
            if (room is not null) Interlocked.Increment(ref joined);
        });
        Assert.Equal(10, joined);
    }

    [Fact]
    public void Of_many_rooms_that_are_opened_at_once_exactly_as_many_open_as_there_may_be()
    {
        var rooms = New(peers: 0, rooms: 10);
        var joined = 0;
        Parallel.For(0, 500, i =>
        {
            var refused = rooms.Join($"{i}", SilentWire.NewPeer(), out var room);
            Assert.Equal(room is null ? CloseReason.TooManyRooms : null, refused);
            if (room is not null) Interlocked.Increment(ref joined);
        });
        Assert.Equal((10, 10), (joined, rooms.Count));
    }

    [Fact]
    public void A_leave_frees_the_place_at_once_however_many_come_and_go()
    {
        const int Places = 4;
        var rooms = New(peers: Places, rooms: 1);
        // As many as there are places: so nobody may ever be refused.
        Parallel.For(0, Places, _ =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var peer = SilentWire.NewPeer();
                Assert.Null(rooms.Join("demo", peer, out var room));
                rooms.Leave(room!, peer);
            }
        });
        Assert.Equal(0, rooms.Count);
    }

    [Fact]
    public void A_limit_of_zero_is_none()
    {
        var rooms = New(peers: 0, rooms: 0);
        for (var i = 0; i < 2000; i++) Assert.Null(rooms.Join("demo", SilentWire.NewPeer(), out _));
        for (var i = 0; i < 2000; i++) Assert.Null(rooms.Join($"{i}", SilentWire.NewPeer(), out _));
    }

    [Fact]
    public void Of_thousands_of_rooms_that_were_opened_and_left_nothing_stays()
    {
        var rooms = New(peers: 0, rooms: 0);
        var left = Enumerable.Range(0, 5000).Select(i => OpenAndLeave(rooms, $"{i}")).ToArray();
        GC.Collect();

        Assert.Equal(0, rooms.Count);
        // The last of them may still be on this thread's stack.
        Assert.InRange(left.Count(room => room.IsAlive), 0, 1);
    }

    private static WeakReference OpenAndLeave(Rooms rooms, string name)
    {
        var peer = SilentWire.NewPeer();
        rooms.Join(name, peer, out var room);
        rooms.Leave(room!, peer);
        return new WeakReference(room);
    }

    private Rooms New(int peers, int rooms) =>
        new(new RoomLimits(peers, rooms), new RelayTelemetry(_services.GetRequiredService<IMeterFactory>()));
}
