namespace Signaling.E2E.Library;

/// <summary>How many offers somebody sent and received.</summary>
public sealed record Offers(int Sent, int Received);
