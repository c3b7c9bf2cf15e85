using Signaling.Bench.Load;
using Signaling.Bench.Report;

namespace Signaling.Server.Tests.Bench;

public sealed class ReckoningTests
{
    [Fact]
    public void The_median_is_the_one_in_the_middle_or_between_the_two()
    {
        Assert.Equal(2, Statistics.Median([9, 1, 2]));
        Assert.Equal(3, Statistics.Median([4, 1, 2, 9]));
        Assert.True(double.IsNaN(Statistics.Median([])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(1_234_567_890)]
    public void A_percentile_is_within_3_percent_of_the_truth(long unit)
    {
        var histogram = new Histogram();
        for (var i = 1; i <= 1000; i++) histogram.Add(i * unit);

        foreach (var share in new[] { 0.001, 0.5, 0.99, 0.999, 1 })
            Assert.InRange(histogram.Percentile(share), share * 1000 * unit * 0.97, share * 1000 * unit * 1.03);
    }

    [Fact]
    public void A_histogram_that_was_cleared_knows_nothing()
    {
        var histogram = new Histogram();
        histogram.Add(5);
        histogram.Clear();
        Assert.True(double.IsNaN(histogram.Percentile(0.5)));
    }

    [Fact]
    public void What_came_once_and_in_order_is_no_fault()
    {
        var ledger = TwoOfThreeHear(0, 1, 2);
        Assert.Equal((0, 0, 0, 0), (ledger.Lost, ledger.Duplicates, ledger.Reordered, ledger.Strayed));
    }

    [Fact]
    public void What_did_not_come_is_lost()
    {
        var ledger = TwoOfThreeHear(0, 2);
        Assert.Equal((2, 0, 0, 0), (ledger.Lost, ledger.Duplicates, ledger.Reordered, ledger.Strayed));
    }

    [Fact]
    public void What_came_late_is_out_of_order_and_what_came_twice_is_doubled()
    {
        var ledger = TwoOfThreeHear(0, 2, 1, 1);
        Assert.Equal((0, 2, 2, 0), (ledger.Lost, ledger.Duplicates, ledger.Reordered, ledger.Strayed));
    }

    [Fact]
    public void What_came_to_another_room_or_to_its_sender_has_strayed()
    {
        var ledger = TwoOfThreeHear(0, 1, 2);
        ledger.Got(receiver: 3, new Stamp(0, 3));
        ledger.Got(receiver: 0, new Stamp(0, 3));
        Assert.Equal(2, ledger.Strayed);
    }

    // Two rooms of three: the first peer of the first room says three things.
    private static Ledger TwoOfThreeHear(params int[] numbers)
    {
        var ledger = new Ledger(lines: 6, roomSize: 3);
        for (var i = 0; i < 3; i++) ledger.Sent(receivers: 2);
        foreach (var number in numbers)
            for (var receiver = 1; receiver <= 2; receiver++)
                ledger.Got(receiver, new Stamp(0, number));
        return ledger;
    }
}
