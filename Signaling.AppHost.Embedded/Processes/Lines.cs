using System.Text;

namespace Signaling.AppHost.Embedded.Processes;

/// <summary>Reads lines, none longer than <see cref="Longest"/>: what a child prints cannot fill the memory.</summary>
internal static class Lines
{
    public const int Longest = 8192;

    public static async Task ReadAsync(TextReader reader, Action<string> line)
    {
        var buffer = new char[4096];
        var current = new StringBuilder();
        while (await reader.ReadAsync(buffer) is > 0 and var read)
        {
            foreach (var character in buffer.AsMemory(0, read).ToArray())
            {
                if (character == '\n') Flush();
                else if (current.Length < Longest) current.Append(character);
            }
        }
        if (current.Length > 0) Flush();

        void Flush()
        {
            line(current.ToString().TrimEnd('\r'));
            current.Clear();
        }
    }
}
