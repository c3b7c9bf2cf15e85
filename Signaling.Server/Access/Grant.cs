using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Signaling.Server.Access;

/// <summary>What a client may do, and until when: the claims of its token, or everything where no tokens are asked for.</summary>
public sealed class Grant
{
    private const int MaxSubLength = 64;

    private static readonly SearchValues<char> SubCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-");

    private readonly string[]? _rooms;
    private readonly Ability _abilities;

    internal Grant(string? sub, string[]? rooms, Ability abilities, DateTimeOffset? expires) =>
        (Sub, _rooms, _abilities, Expires) = (sub, rooms, abilities, expires);

    /// <summary>Where no tokens are asked for: everybody may speak everywhere. To watch and to command is not everybody's.</summary>
    public static Grant Anybody { get; } = new(null, null, Ability.Usual, null);

    /// <summary>Who it is; null where no tokens are asked for. 1 to 64 characters of <c>A-Z a-z 0-9 . _ ~ -</c>.</summary>
    public string? Sub { get; }

    /// <summary>When the token runs out; null: never.</summary>
    public DateTimeOffset? Expires { get; }

    /// <summary>Whether the client may do that, all of it.</summary>
    public bool Can(Ability what) => (_abilities & what) == what;

    /// <summary>Whether the client may be in a room: one that the token names, or whose name begins with what stands before a <c>*</c>.</summary>
    /// <param name="name">As the claim has it; rooms of other protocols have a prefix, for example <c>y-webrtc:</c>.</param>
    public bool MayEnter(string name) => _rooms is null || _rooms.Any(one => Matches(one, name));

    /// <summary>Whether an id that a client chose belongs to it: its <c>sub</c>, or one that begins with <c>sub-</c>.</summary>
    public bool Owns(string id) =>
        Sub is null || id == Sub || (id.StartsWith(Sub, StringComparison.Ordinal) && id[Sub.Length] == '-');

    /// <summary>What the client of this request may do. The gate was asked before.</summary>
    public static Grant Of(HttpContext context) => context.Features.GetRequiredFeature<Grant>();

    internal static bool IsSub(string text) =>
        text.Length is > 0 and <= MaxSubLength && !text.AsSpan().ContainsAnyExcept(SubCharacters);

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
