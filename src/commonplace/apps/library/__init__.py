"""The library: talks, their recordings and their transcripts."""
