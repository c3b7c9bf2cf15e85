using System.Net;
using System.Net.Sockets;

namespace Signaling.Server.Tests.Backplane;

/// <summary>A way to Redis that can be cut: then bytes go nowhere, and nobody is told.</summary>
internal sealed class CuttableWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _ends = [];
    private readonly int _port;
    private volatile bool _isCut;

    public CuttableWire(int port)
    {
        _port = port;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>While it is, what comes is thrown away. Mended, it has lost its connections: a stream with a hole in it is none.</summary>
    public bool IsCut
    {
        get => _isCut;
        set
        {
            if (_isCut && !value) Hang();
            _isCut = value;
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        Hang();
    }

    private void Hang()
    {
        lock (_ends)
        {
            foreach (var end in _ends) end.Dispose();
            _ends.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                lock (_ends) _ends.AddRange([near, far]);
                if (_isCut) continue;
                await far.ConnectAsync(IPAddress.Loopback, _port);
                _ = CarryAsync(near, far);
                _ = CarryAsync(far, near);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var read)
                if (!_isCut) await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two has hung up.
        }
        from.Dispose();
        to.Dispose();
    }
}
