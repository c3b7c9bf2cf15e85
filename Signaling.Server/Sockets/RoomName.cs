using System.Buffers;

namespace Signaling.Server.Sockets;

/// <summary>What a room may be called: 1 to 128 characters of <c>A-Z a-z 0-9 . _ ~ -</c>, which URLs carry as they are.</summary>
internal static class RoomName
{
    public const string Lobby = "";
    public const string Rule = "A room name has 1 to 128 characters of A-Z a-z 0-9 . _ ~ - and is neither . nor ..";

    private const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-");

    public static bool IsValid(string name) =>
        name is { Length: > 0 and <= MaxLength } and not "." and not ".." && !name.AsSpan().ContainsAnyExcept(Allowed);
}
