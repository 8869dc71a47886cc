namespace Kinora.Characters;

/// <summary>Where characters are kept; their pictures themselves are in the asset store. Safe for many threads, and for many processes on one database.</summary>
public interface ICharacterStore
{
    /// <summary>Stores a new character; it has reached the disk when this returns. False, and nothing stored, when its owner has <paramref name="most"/> already.</summary>
    Task<bool> AddAsync(Character character, int most, CancellationToken cancel);

    /// <summary>Null when unknown or of another owner.</summary>
    Task<Character?> GetAsync(CharacterId id, string owner, CancellationToken cancel);

    /// <summary>How many characters an owner has.</summary>
    Task<int> CountAsync(string owner, CancellationToken cancel);
}
