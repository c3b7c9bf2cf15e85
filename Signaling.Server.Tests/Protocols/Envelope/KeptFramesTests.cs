using Signaling.Server.Protocols.Envelope;
using Signaling.Server.Relay;

namespace Signaling.Server.Tests.Protocols.Envelope;

public sealed class KeptFramesTests
{
    [Fact]
    public void Whatever_the_sizes_and_whoever_else_heard_them_the_frames_come_back_as_they_were()
    {
        var random = new Random(7);
        var kept = new KeptFrames();
        List<byte[]> added = [];
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = new byte[random.Next(4) switch { 0 => random.Next(1, 20), 3 => random.Next(1, 9_000), _ => random.Next(1, 900) }];
            random.NextBytes(bytes);
            added.Add(bytes);
            kept.Add(new Frame(bytes), isShared: random.Next(3) == 0);
            var got = added.Count - random.Next(1, 30);
            if (got >= 0 && kept.Reaches(got)) Assert.Equal(added.Skip(got).Select(Convert.ToHexString), kept.After(got).Select(frame => Convert.ToHexString(frame.Wire.Span)));
        }
        Assert.True(kept.Reaches(added.Count - 50));
        Assert.Equal(added.TakeLast(50).Select(Convert.ToHexString), kept.After(added.Count - 50).Select(frame => Convert.ToHexString(frame.Wire.Span)));
    }

    [Fact]
    public void What_is_sent_again_does_not_change_when_more_is_kept()
    {
        var kept = new KeptFrames();
        kept.Add(new Frame(Enumerable.Repeat((byte)1, 1_000).ToArray()), isShared: false);
        var again = Assert.Single(kept.After(0));
        for (var i = 0; i < 300; i++) kept.Add(new Frame(new byte[1_000]), isShared: false);
        Assert.All(again.Wire.ToArray(), one => Assert.Equal(1, one));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void They_are_256_at_most_and_256_KiB(bool isShared)
    {
        var kept = new KeptFrames();
        for (var i = 0; i < 300; i++) kept.Add(new Frame(new byte[10]), isShared);
        Assert.True(kept.Reaches(44));
        Assert.False(kept.Reaches(43));

        for (var i = 0; i < 5; i++) kept.Add(new Frame(new byte[64 * 1024]), isShared);
        Assert.True(kept.Reaches(301));
        Assert.False(kept.Reaches(300));
    }

    [Fact]
    public void A_frame_that_is_too_large_to_be_kept_cannot_be_missed()
    {
        var kept = new KeptFrames();
        kept.Add(new Frame(new byte[10]), isShared: false);
        kept.Add(new Frame(new byte[300 * 1024]), isShared: false);
        Assert.True(kept.Reaches(2));
        Assert.Empty(kept.After(2));
        Assert.False(kept.Reaches(1));

        kept.Add(new Frame(new byte[10]), isShared: false);
        Assert.Single(kept.After(2));
    }

    [Fact]
    public void After_a_new_beginning_they_are_counted_from_there()
    {
        var kept = new KeptFrames();
        kept.Add(new Frame(new byte[] { 1 }), isShared: false);
        kept.Clear();
        kept.Add(new Frame(new byte[] { 2 }), isShared: false);
        Assert.Equal(2, Assert.Single(kept.After(0)).Wire.Span[0]);
        Assert.False(kept.Reaches(2));
    }
}
