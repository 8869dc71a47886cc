using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Events;
using Kinora.Folders;
using Kinora.Generation;
using Kinora.Health;
using Kinora.Images;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.References;
using Kinora.Sessions;
using Kinora.Server.Configuration;
using Kinora.Server.Security;

namespace Kinora.Server.Mcp;

/// <summary>
/// The product as tools need it. Nothing of it is opened before the first call that asks for it: a client that only lists tools waits for no
/// configuration, database or folder.
/// </summary>
internal sealed class McpStudio(Func<KinoraHost> open)
{
    private readonly Lazy<KinoraHost> _host = new(open);

    public GenerationService Generation => _host.Value.Get<GenerationService>();

    public ModelCatalog Catalog => _host.Value.Get<ModelCatalog>();

    public IAssetStore Assets => _host.Value.Get<IAssetStore>();

    public SessionService Sessions => _host.Value.Get<SessionService>();

    public ImageWorkspace Workspace => _host.Value.Get<ImageWorkspace>();

    public IImageTool Pictures => _host.Value.Get<IImageTool>();

    public IMediaTool Media => _host.Value.Get<IMediaTool>();

    public UserFolders Folders => _host.Value.Get<UserFolders>();

    public ReferenceService References => _host.Value.Get<ReferenceService>();

    public IJobStore Jobs => _host.Value.Get<IJobStore>();

    public CircuitBreakers Breakers => _host.Value.Get<CircuitBreakers>();

    public EventPump Events => _host.Value.Get<EventPump>();

    public IRandomBytes Random => _host.Value.Get<IRandomBytes>();

    public TimeProvider Time => _host.Value.Get<TimeProvider>();

    /// <summary>For faults that nobody foresaw.</summary>
    public ILogger Log => _host.Value.Get<ILoggerFactory>().CreateLogger("Kinora.Mcp");

    /// <summary>How often each caller may start a job.</summary>
    public CreateRate Creates => _host.Value.Get<CreateRate>();

    public bool IsOpen => _host.IsValueCreated;
}
