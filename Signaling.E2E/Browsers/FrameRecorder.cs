using System.Text;
using Microsoft.Playwright;
using Signaling.E2E.Evidence;

namespace Signaling.E2E.Browsers;

/// <summary>The signaling of one tab as its browser saw it: every WebSocket message to and from a room.</summary>
public sealed class FrameRecorder
{
    private readonly Log _sent;
    private readonly Log _received;

    public FrameRecorder(IPage page, string room, Changes changes)
    {
        (_sent, _received) = (new Log(changes), new Log(changes));
        page.WebSocket += (_, socket) =>
        {
            // A development server has a socket of its own.
            if (!new Uri(socket.Url).AbsolutePath.EndsWith($"/room/{room}", StringComparison.Ordinal)) return;
            socket.FrameSent += (_, frame) => _sent.Add(TextOf(frame));
            socket.FrameReceived += (_, frame) => _received.Add(TextOf(frame));
        };
    }

    public IReadOnlyList<Message> Sent => _sent.Messages;

    public IReadOnlyList<Message> Received => _received.Messages;

    private static string TextOf(IWebSocketFrame frame) => frame.Text ?? Encoding.Latin1.GetString(frame.Binary ?? []);
}
