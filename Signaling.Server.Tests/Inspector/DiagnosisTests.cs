using Signaling.Server.Inspector;

namespace Signaling.Server.Tests.Inspector;

public sealed class DiagnosisTests
{
    private static readonly MessageGuess Offer = new("offer");
    private static readonly MessageGuess Answer = new("answer");

    private readonly List<PairTimes> _pairs = [];
    private readonly List<string> _hints = [];
    private readonly Diagnosis _diagnosis;

    public DiagnosisTests()
    {
        _diagnosis = new Diagnosis(_pairs.Add, hint => _hints.Add($"{hint.Code} {string.Join("+", hint.Peers)}{(hint.Over ? " over" : "")}"));
        _diagnosis.Joined("a");
        _diagnosis.Joined("b");
    }

    [Fact]
    public void A_pair_has_the_times_of_offer_answer_and_last_candidate()
    {
        _diagnosis.Passed("a", "b", Offer, at: 100);
        _diagnosis.Passed("a", "b", new("candidate", "host"), at: 150);
        _diagnosis.Passed("b", "a", Answer, at: 300);
        _diagnosis.Passed("b", "a", new("candidate", "host"), at: 420);
        Assert.Equal(new PairTimes("a", "b", 100) { AnswerAt = 300, LastCandidateAt = 420, Candidates = 2 }, _pairs[^1]);
        _diagnosis.Tick(60_000);
        Assert.Empty(_hints);
    }

    [Fact]
    public void An_offer_without_an_answer_for_five_seconds_is_said_once_and_when_it_comes_after_all()
    {
        _diagnosis.Passed("a", "b", Offer, at: 0);
        _diagnosis.Tick(4_999);
        Assert.Empty(_hints);
        _diagnosis.Tick(5_000);
        _diagnosis.Tick(6_000);
        _diagnosis.Passed("b", "a", Answer, at: 7_000);
        Assert.Equal(["offer-unanswered a+b", "offer-unanswered a+b over"], _hints);
    }

    [Fact]
    public void Who_leaves_owes_no_answer()
    {
        _diagnosis.Passed("a", "b", Offer, at: 0);
        _diagnosis.Left("b", at: 1_000);
        _diagnosis.Tick(9_000);
        Assert.Empty(_hints);
    }

    [Fact]
    public void An_offer_to_all_is_answered_by_the_first_who_answers()
    {
        _diagnosis.Passed("a", null, Offer, at: 0);
        _diagnosis.Passed("b", null, Answer, at: 80);
        Assert.Equal(new PairTimes("a", "b", 0) { AnswerAt = 80 }, Assert.Single(_pairs));
        _diagnosis.Tick(9_000);
        Assert.Empty(_hints);
    }

    [Fact]
    public void Two_offers_that_cross_are_glare_until_one_is_answered()
    {
        _diagnosis.Passed("a", "b", Offer, at: 0);
        _diagnosis.Passed("b", "a", Offer, at: 10);
        _diagnosis.Passed("b", "a", Answer, at: 20);
        Assert.Equal(["glare a+b", "glare a+b over"], _hints);
    }

    [Fact]
    public void Candidates_before_any_description_are_early_but_only_of_whom_was_seen_from_the_start()
    {
        _diagnosis.Passed("a", "b", new("candidate", "host"), at: 0);
        _diagnosis.Passed("stranger", "b", new("candidate", "host"), at: 0);
        Assert.Equal(["candidate-early a"], _hints);
    }

    [Theory]
    [InlineData("mdns", "only-mdns a")]
    [InlineData("relay", "only-relay a")]
    [InlineData("host", null)]
    [InlineData(null, null)]
    public void Candidates_of_one_type_only_are_said_after_a_while(string? type, string? hint)
    {
        _diagnosis.Passed("a", "b", Offer, at: 0);
        _diagnosis.Passed("b", "a", Answer, at: 0);
        _diagnosis.Passed("a", "b", new("candidate", type), at: 0);
        _diagnosis.Passed("a", "b", new("candidate", "end"), at: 100);
        _diagnosis.Tick(4_900);
        Assert.Empty(_hints);
        _diagnosis.Tick(5_000);
        Assert.Equal(hint is null ? [] : [hint], _hints);
    }

    [Fact]
    public void A_candidate_of_another_type_ends_the_hint()
    {
        _diagnosis.Passed("a", "b", Offer, at: 0);
        _diagnosis.Passed("b", "a", Answer, at: 0);
        _diagnosis.Passed("a", "b", new("candidate", "mdns"), at: 0);
        _diagnosis.Tick(5_000);
        _diagnosis.Passed("a", "b", new("candidate", "srflx"), at: 6_000);
        Assert.Equal(["only-mdns a", "only-mdns a over"], _hints);
    }

    [Fact]
    public void A_peer_whose_outbox_does_not_become_emptier_does_not_read()
    {
        foreach (var (at, bytes) in new[] { (0, 500), (1_000, 900), (3_000, 400), (5_000, 600), (7_900, 600) }) _diagnosis.Waits("b", bytes, at);
        Assert.Empty(_hints);
        _diagnosis.Waits("b", 700, 8_000);
        _diagnosis.Waits("b", 0, 9_000);
        Assert.Equal(["not-read b", "not-read b over"], _hints);
    }
}
