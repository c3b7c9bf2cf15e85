namespace Signaling.Server.Inspector;

/// <summary>How long two peers took, by the relay's clock.</summary>
/// <param name="Offerer">Whose offer it was.</param>
/// <param name="Answerer">Who answered, or is to.</param>
/// <param name="OfferAt">Milliseconds since 1970, as all of these.</param>
internal sealed record PairTimes(string Offerer, string Answerer, double OfferAt)
{
    /// <summary>When the answer passed; null: not yet.</summary>
    public double? AnswerAt { get; init; }

    /// <summary>When the last candidate of either passed; null: none yet.</summary>
    public double? LastCandidateAt { get; init; }

    /// <summary>How many candidates passed, in both directions.</summary>
    public int Candidates { get; init; }
}
