using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>What goes to and fro between the kernel and Kestrel's pipes.</summary>
internal sealed partial class EpollConnection
{
    private const int ReadBytes = 2048;
    private const int ReadBytesOnLoop = 32 * 1024;

    // On the loop's thread, under the gate.
    private void Receive()
    {
        var writer = _input.Writer;
        var count = Libc.Receive(_fd, writer.GetSpan(_reader.OnLoop ? ReadBytesOnLoop : ReadBytes));
        if (count is -Libc.Again or -Libc.Interrupted) return;
        if (count <= 0)
        {
            _inputEnded = true;
            Want(_interest & ~EpollEvents.In);
            writer.Complete(_aborted ?? (count < 0 ? new ConnectionResetException($"The client has ended the connection: error {-count}.") : null as Exception));
            ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.FireClosed(), this, preferLocal: false);
            return;
        }
        writer.Advance(count);
        var flush = writer.FlushAsync();
        if (!flush.IsCompletedSuccessfully) _ = ContinueAsync(flush);
        else if (flush.Result.IsCompleted) EndInput();
    }

    // Kestrel has enough for the moment: the rest waits in the kernel, and so slows the client down.
    private async Task ContinueAsync(ValueTask<FlushResult> flush)
    {
        _paused = true;
        Want(_interest & ~EpollEvents.In);
        var over = (await flush.ConfigureAwait(false)).IsCompleted;
        lock (_gate)
        {
            _paused = false;
            if (over) EndInput();
            else if (_state == State.Kestrels && !_inputEnded) Want(_interest | EpollEvents.In);
        }
    }

    private void EndInput()
    {
        if (_inputEnded) return;
        _inputEnded = true;
        _input.Writer.Complete();
        Want(_interest & ~EpollEvents.In);
    }

    // Whoever flushes sends: there is no hop between Kestrel and the kernel.
    private async Task SendAsync()
    {
        Exception? error = null;
        var reader = _output.Reader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync().ConfigureAwait(false);
                if (read.IsCanceled) throw _aborted ?? new ConnectionAbortedException();
                foreach (var segment in read.Buffer) await SendAsync(segment).ConfigureAwait(false);
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
        }
        catch (Exception gone) when (gone is IOException or ConnectionAbortedException)
        {
            error = gone;
        }
        // As on Kestrel's own transport: a client that is gone is no error of who writes to it.
        reader.Complete();
        Written(error);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var sent = Libc.Send(_fd, bytes.Span);
            if (sent >= 0) bytes = bytes[sent..];
            else if (sent == -Libc.Again) await WritableAsync().ConfigureAwait(false);
            else if (sent != -Libc.Interrupted) throw new ConnectionResetException($"The connection is gone: error {-sent}.");
        }
    }

    private Task WritableAsync()
    {
        lock (_gate)
        {
            if (_aborted is not null) throw _aborted;
            _writable = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Want(_interest | EpollEvents.Out);
            return _writable.Task;
        }
    }
}
