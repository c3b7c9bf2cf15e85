namespace Signaling.Server.Relay;

/// <summary>How many may meet.</summary>
/// <param name="Peers">In one room; 0: no limit.</param>
/// <param name="Rooms">On this server; 0: no limit.</param>
public sealed record RoomLimits(int Peers, int Rooms);
