namespace Signaling.AppHost.Embedded;

/// <summary>The console that the AppHost was started from. It may be gone: then nobody reads, and that is all.</summary>
internal static class Terminal
{
    public static void Say(string text) => Write(Console.Out, text);

    public static void Error(string text) => Write(Console.Error, text);

    private static void Write(TextWriter writer, string text)
    {
        try
        {
            writer.WriteLine(text);
        }
        catch (IOException)
        {
        }
    }
}
