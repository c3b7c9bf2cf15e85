using System.Runtime.InteropServices;
using Signaling.Server.Sockets.Wire.Epoll;

namespace Signaling.Server.Tests.Sockets.Wire;

public sealed class WatchesTests
{
    private readonly Watches _watches = new();

    [Fact]
    public void An_event_of_a_closed_descriptor_does_not_reach_the_next_one_of_its_number()
    {
        var (first, second) = (new Watched(), new Watched());
        var old = _watches.Add(200, first);
        Assert.Same(first, _watches.Find(old));

        _watches.Remove(old);
        Assert.Null(_watches.Find(old));
        var current = _watches.Add(200, second);

        Assert.Null(_watches.Find(old));
        Assert.Same(second, _watches.Find(current));
        _watches.Remove(old);
        Assert.Same(second, _watches.Find(current));
        Assert.Equal([second], _watches.All);
    }

    [Fact]
    public void A_number_that_was_never_added_finds_nobody() => Assert.Null(_watches.Find(1UL << 32 | 70_000));

    [Theory]
    [InlineData(Architecture.X64, true)]
    [InlineData(Architecture.Arm64, false)]
    [InlineData(Architecture.Arm, false)]
    [InlineData(Architecture.RiscV64, false)]
    public void The_kernels_event_is_packed_on_x64_only(Architecture architecture, bool packed) =>
        Assert.Equal(packed, EpollEvent.IsPacked(architecture));

    [Fact]
    public void What_is_written_as_an_event_is_read_back()
    {
        var bytes = new byte[EpollEvent.MaxBytes];
        EpollEvent.Write(bytes, EpollEvents.In | EpollEvents.Out, 0x0123456789ABCDEF);
        Assert.Equal((EpollEvents.In | EpollEvents.Out, 0x0123456789ABCDEFUL), EpollEvent.Read(bytes));
    }

    private sealed class Watched : IWatched
    {
        public void Ready(EpollEvents events)
        {
        }

        public void Stop()
        {
        }
    }
}
