using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Signaling.Server.Sockets.Wire.Epoll;

/// <summary>What Kestrel asks of every connection, whatever carries it.</summary>
internal abstract class KestrelConnection : ConnectionContext, IConnectionLifetimeFeature, IConnectionEndPointFeature, IConnectionIdFeature,
    IConnectionItemsFeature, IConnectionTransportFeature, IMemoryPoolFeature
{
    private static long _lastId;

    private readonly ILogger _log;
    private readonly CancellationTokenSource _closed = new();
    private string? _id;
    private IDictionary<object, object?>? _items;

    protected KestrelConnection(ILogger log)
    {
        _log = log;
        ConnectionClosed = _closed.Token;
        Features = new FeatureCollection(8);
        Features.Set<IConnectionLifetimeFeature>(this);
        Features.Set<IConnectionEndPointFeature>(this);
        Features.Set<IConnectionIdFeature>(this);
        Features.Set<IConnectionItemsFeature>(this);
        Features.Set<IConnectionTransportFeature>(this);
        Features.Set<IMemoryPoolFeature>(this);
    }

    public override IFeatureCollection Features { get; }

    public override string ConnectionId
    {
        get => _id ??= Interlocked.Increment(ref _lastId).ToString("X8", CultureInfo.InvariantCulture);
        set => _id = value;
    }

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new ConnectionItems();
        set => _items = value;
    }

    public MemoryPool<byte> MemoryPool => MemoryPool<byte>.Shared;

    public override void Abort() => Abort(new ConnectionAbortedException());

    public override ValueTask DisposeAsync()
    {
        FireClosed();
        _closed.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>Tells Kestrel that the client is gone.</summary>
    protected void FireClosed()
    {
        try
        {
            _closed.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Kestrel was faster.
        }
        catch (AggregateException surprise)
        {
            // What others do at the end of their connection ends nobody else's.
            _log.ConnectionSurprised(surprise);
        }
    }
}
