namespace Signaling.Server.Access;

/// <summary>What a token can allow: the words of its claim <c>can</c>.</summary>
[Flags]
public enum Ability
{
    /// <summary>To be there, and to hear.</summary>
    None = 0,

    /// <summary><c>publish</c>: to speak to everybody in the room.</summary>
    Publish = 1,

    /// <summary><c>direct</c>: to speak to one peer.</summary>
    Direct = 2,

    /// <summary><c>inspect</c>: to watch rooms.</summary>
    Inspect = 4,

    /// <summary><c>admin</c>: to order a drain.</summary>
    Admin = 8,

    /// <summary>What a token allows that does not say.</summary>
    Usual = Publish | Direct,
}
