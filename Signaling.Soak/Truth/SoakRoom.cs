namespace Signaling.Soak.Truth;

/// <summary>A room as the soak knows it.</summary>
/// <param name="name">Its name.</param>
/// <param name="isLarge">Meant for more peers than are told one by one.</param>
internal sealed class SoakRoom(string name, bool isLarge)
{
    public string Name { get; } = name;

    public bool IsLarge { get; } = isLarge;

    public HashSet<Life> Lives { get; } = [];

    /// <summary>At least as many frames as a member of it was sent.</summary>
    public long Frames { get; set; }
}
